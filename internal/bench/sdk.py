"""What a careful script does with label-studio-sdk. Arguments: plan or create, then
for create the number of storages for each project and the directory."""

import os
import sys

from label_studio_sdk import LabelStudio

client = LabelStudio(base_url=os.environ["LABEL_STUDIO_URL"], api_key=os.environ["LABEL_STUDIO_API_KEY"])
projects = [p for p in client.projects.list() if (p.title or "").startswith("bench ")]

if sys.argv[1] == "plan":
    count = sum(len(client.import_storage.local.list(project=p.id)) for p in projects)
    print(len(projects), count)
else:
    for project in projects:
        there = {s.title for s in client.import_storage.local.list(project=project.id)}
        for number in range(int(sys.argv[2])):
            title = f"script {number}"
            if title not in there:
                storage = client.import_storage.local.create(project=project.id, title=title, path=f"{sys.argv[3]}/{number}", use_blob_urls=True)
                client.import_storage.local.get(id=storage.id)
