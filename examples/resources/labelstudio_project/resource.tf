resource "labelstudio_project" "animals" {
  title              = "Animals"
  description        = "Which animal is in the picture?"
  expert_instruction = "<b>One</b> answer for each picture."
  show_instruction   = true

  label_config = <<-XML
    <View>
      <Image name="image" value="$image"/>
      <Choices name="animal" toName="image">
        <Choice value="Cat"/>
        <Choice value="Dog"/>
      </Choices>
    </View>
  XML
}
