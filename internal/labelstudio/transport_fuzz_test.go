package labelstudio

import "testing"

func FuzzCertificates(f *testing.F) {
	cert, key := newPair(f)
	f.Add(cert, cert, key)
	f.Add("", "", "")
	f.Add("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", cert[:len(cert)/2], key)
	f.Add(key, key, cert)
	f.Add("", "", key)
	f.Fuzz(func(t *testing.T, authority, cert, key string) {
		transport, err := newTransport(Config{CACert: authority, ClientCert: cert, ClientKey: key})
		if err != nil {
			expectSettingError(t, err, key, "ca_cert", "client_cert")
		} else if (transport.fresh.TLSClientConfig.Certificates != nil) != (cert != "") {
			t.Errorf("the certificate %q is not used", cert)
		}
	})
}
