resource "labelstudio_project" "fields" {
  title        = "Segmentation"
  label_config = <<-XML
    <View>
      <Image name="image" value="$image" zoom="true"/>
      <PolygonLabels name="area" toName="image" strokeWidth="2" opacity="0.4">
        <Label value="Field" background="#2ca02c"/>
        <Label value="Water" background="#1f77b4"/>
        <Label value="Building" background="#d62728"/>
      </PolygonLabels>
    </View>
  XML
}
