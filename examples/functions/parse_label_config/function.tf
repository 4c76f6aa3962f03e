terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

locals {
  config = provider::labelstudio::parse_label_config(<<-XML
    <View>
      <Image name="image" value="$image"/>
      <Choices name="quality" toName="image">
        <Choice value="good"/>
        <Choice value="bad"/>
      </Choices>
    </View>
  XML
  )
}

# ["good", "bad"]
output "labels" {
  value = local.config.controls["quality"].labels
}

# ["image"]
output "keys_of_a_task" {
  value = local.config.data_keys
}
