resource "labelstudio_project" "answers" {
  title        = "Answer ranking"
  label_config = <<-XML
    <View>
      <Text name="prompt" value="$prompt"/>
      <List name="answers" value="$answers" title="Answers"/>
      <Ranker name="rank" toName="answers">
        <Bucket name="good" title="Good, best first"/>
        <Bucket name="bad" title="Wrong or harmful"/>
      </Ranker>
    </View>
  XML
}
