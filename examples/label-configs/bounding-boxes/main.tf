resource "labelstudio_project" "street" {
  title        = "Bounding boxes"
  label_config = <<-XML
    <View>
      <Image name="image" value="$image" zoom="true"/>
      <RectangleLabels name="object" toName="image">
        <Label value="Car" background="#1f77b4"/>
        <Label value="Bicycle" background="#2ca02c"/>
        <Label value="Person" background="#d62728"/>
      </RectangleLabels>
    </View>
  XML
}
