resource "labelstudio_project" "animals" {
  title        = "Image classification"
  label_config = <<-XML
    <View>
      <Image name="image" value="$image"/>
      <Choices name="animal" toName="image" choice="single" showInLine="true">
        <Choice value="Cat"/>
        <Choice value="Dog"/>
        <Choice value="Neither"/>
      </Choices>
    </View>
  XML
}
