resource "labelstudio_project" "calls" {
  title        = "Audio transcription"
  label_config = <<-XML
    <View>
      <Audio name="audio" value="$audio" zoom="true" hotkey="ctrl+enter"/>
      <TextArea name="transcription" toName="audio" rows="4" editable="true" maxSubmissions="1"/>
    </View>
  XML
}
