// Package storagesync syncs a storage and follows the sync to its end.
//
// It knows a client, a storage's collection, id and project, and the limits that
// its caller sets. It knows nothing of Terraform. Import and export storages differ
// by the data in [Storage].
//
// # Runs
//
// A run is one execution of a sync on the server. A request asks for a run. The
// response to a request is no result: a failure has status 200, a request that was cut
// off may have started a run, and a request during another run is ignored. What
// counts is what the storage's own fields say of its last run: status, traceback and
// meta. Each request that the server accepts counts meta.attempts up by one and
// removes all else from meta. Nothing ever removes a traceback.
//
// A run is in one of these states. The server keeps the state in status, but for the
// last two, which are told apart by meta.time_failure and by silence.
//
//	none       initialized: nobody has asked for a run.
//	queued     accepted. Without a job queue the run begins at once. With one it
//	           begins when a worker takes the job.
//	running    in_progress. The server writes progress at most every 5 seconds.
//	ended      completed, completed_with_errors, or failed with meta.time_failure:
//	           the run itself has written how it ended.
//	given up   failed without meta.time_failure: the server has heard nothing of the
//	           run for 25 seconds, or has lost its job. It finds out only when
//	           somebody lists the storages of the project.
//	dead       given up, and silent for another 30 seconds.
//
// What leads from one state to another:
//
//	none, ended, dead → queued    a request
//	queued → running              the server, or a worker, begins
//	running → ended               the run ends, or raises an exception
//	queued, running → given up    a list of the project's storages, after the process
//	                              was killed, a request limit has ended the request,
//	                              the database was gone, or the job was lost
//	given up → ended              the run was only slow
//	given up → dead               30 seconds pass
//
// A request in queued or running is ignored, except on SQLite, where a second run
// begins beside the first and imports the same files. So a run that is under way is
// followed to its end before a request is made.
//
// # Rounds
//
// [Storage.Sync] asks for one run after another until one ends well, until one fails
// for a reason that another run can't mend, or until several in a row bring nothing.
// Each request waits for the client's turns: one request at a time on a server, and
// one sync at a time in a project.
//
// # Incomplete files
//
// The server remembers the files that it has imported, not their tasks: a run skips a
// file of which the storage has made a task. A run that breaks inside a file of many
// tasks leaves it incomplete for good. So each broken run is judged once, before the
// next request, which may remove the evidence. A run may be broken if
//
//   - it has failed, or left tasks out (completed_with_errors), and is not the one that
//     was judged last;
//   - the last run has completed, but the storage shows another traceback than it did
//     then, and there was a run in between.
//
// A run that is given up is judged when it is dead. The traceback may name the file.
// Otherwise it is that of the newest task which the run has made, between its
// time_in_progress and its time_failure. What has no task is not incomplete: the next
// run imports it.
//
//	whole → incomplete       a run broke in the file, and is judged
//	incomplete → gone        somebody deletes its tasks, or DeleteTasks lets Sync do it
//	gone → whole             a run imports it, and Sync finds its tasks
//	incomplete → whole       somebody deletes its tasks and syncs: all tasks are newer
//	any → accepted           the user says so
//
// While a file that was known before is incomplete, Sync makes no request. One that is
// found to be incomplete during a sync does not stop the requests for the others.
//
// What the server shows of no run can't be judged: a failure that a second one has
// overwritten, one with the traceback of the one that was judged and followed by a run
// that completed, and on SQLite a dead run that another request has overwritten before
// anybody has listed the storages.
package storagesync
