# The settings of Label Studio with a queue for its jobs, which the community
# edition has no switch for: there REDIS_ENABLED = False stands in the code.
import os

# The first import prevents a circular one in the second.
from core.settings.base import *
from core.settings.label_studio import *
# Before 1.22 the second empties it.
from core.settings.base import RQ_QUEUES

REDIS_ENABLED = True
for queue in RQ_QUEUES.values():
    queue.update(
        HOST='127.0.0.1',
        PORT=int(os.environ['LABELSTUDIOTEST_REDIS_PORT']),
        PASSWORD=os.environ['LABELSTUDIOTEST_REDIS_PASSWORD'],
        DB=0,
    )
