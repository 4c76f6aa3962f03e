// Package labelstudio is a client of the REST API of Label Studio. It knows HTTP,
// JSON and how the server rewrites what it is sent, and it knows nothing of
// Terraform.
//
// Its files are layers. Each uses only files above it in this list:
//
//	pause.go           a wait that ends with its context
//	object.go          a JSON object of a response
//	meaning.go         values that are equal to the server
//	ml_webhook.go      the webhook that the server creates beside an ML backend
//	paths.go           paths of files on the server
//	address.go         addresses of servers
//	config.go          the settings of a client, and their checks
//	edition.go         the edition of a server
//	errors.go          a request that failed, and why
//	locks.go           locks whose waits end with their context
//	collection.go      where the API keeps the objects of each type
//	counters.go        counters by key
//	reads.go           the reads that wait for a shared request
//	known_ids.go       the objects that a client has seen or created
//	response.go        a response, and its body as JSON
//	error_response.go  a response with an error
//	transport.go       one attempt of a request: connection, time limit, size limit, log
//	retry.go           which requests are repeated
//	send.go            a request, sent and repeated
//	save.go            a request whose response is saved to a file
//	auth.go            the token of a request
//	client.go          the client, and a request with its token
//	read_locks.go      locks of objects that the server writes when it reads them
//	access_token.go    a token for another program
//	access.go          whether the server accepts the token
//	not_found.go       what a 404 means
//	do.go              a request that succeeds, or an error that says why not
//	read.go            read what is no object of a collection
//	settings.go        settings of an organization
//	item.go            read, update and delete one object
//	list.go            list objects
//	get_fields.go      read one object, together with others that are asked for
//	lost_create.go     find the result of a create whose response was lost
//	create.go          create an object
//	post.go            other actions on a collection
//	sync.go            syncs of storages, and their locks
//	tasks.go           find tasks
//	exports.go         export snapshots, and their download
//	summary.go         what the tasks and annotations of a project have
//	columns.go         the columns of a project's Data Manager
package labelstudio
