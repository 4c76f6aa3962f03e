resource "labelstudio_project" "contracts" {
  title        = "Text spans"
  label_config = <<-XML
    <View>
      <Labels name="entity" toName="text">
        <Label value="Person"/>
        <Label value="Organization"/>
        <Label value="Date"/>
      </Labels>
      <Text name="text" value="$text"/>
    </View>
  XML
}
