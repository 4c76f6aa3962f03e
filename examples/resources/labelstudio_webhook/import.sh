terraform import labelstudio_webhook.training 7
