// Package storagesync syncs a storage and follows the sync to its end.
//
// It knows a client, a storage's collection, id and project, and the limits that its
// caller sets. It does not know Terraform. Import and export storages differ only in
// the data in [Storage].
//
// # Runs
//
// A run is one execution of a sync on the server. A request starts a run, but the
// response does not tell how the run ends: a failure has status 200, a request that
// was cut off may have started a run, and the server ignores a request during another
// run. Only the storage's fields status, traceback and meta tell the result of its last
// run. Each request that the server accepts increments meta.attempts and removes all
// other keys from meta. The server never clears traceback.
//
// A run is in one of these states. The field status shows the state. It is failed both
// for a run that is given up and for one that is dead.
//
//	none       initialized: nobody has requested a run.
//	queued     accepted. Without a job queue the run starts at once. With one it
//	           starts when a worker takes the job.
//	running    in_progress. The server writes progress at most every 5 seconds.
//	ended      completed, completed_with_errors, or failed with meta.time_failure:
//	           the run itself has written its result.
//	given up   failed without meta.time_failure: the server has received nothing from
//	           the run for 25 seconds, or has lost its job. The server notices this
//	           only when somebody lists the storages of the project.
//	dead       given up, and no change for another 30 seconds, or for 10 minutes
//	           by the server's own times.
//
// The transitions are:
//
//	none, ended, dead → queued    a request
//	queued → running              the server or a worker starts the run
//	running → ended               the run ends, or raises an exception
//	queued, running → given up    somebody lists the project's storages after the
//	                              process was killed, a limit ended the request, the
//	                              database was unavailable, or the job was lost
//	given up → ended              the run was only slow
//	given up → dead               30 seconds pass
//
// The server ignores a request while a run is queued or running. On SQLite it does not:
// it starts a second run, which imports the same files. Sync therefore follows a run
// that is under way to its end before it requests another.
//
// # Rounds
//
// [Storage.Sync] requests one run after another until a run succeeds, until one fails
// for a reason that another run can't fix, or until several in a row create no task.
// Each request waits for the client's locks: one request at a time on a server, and one
// sync at a time in a project.
//
// # Incomplete files
//
// The server remembers the files that it has imported, not their tasks: a run skips a
// file if the storage has created a task of it before. If a run breaks inside a file of
// many tasks, no later run imports the rest. So each broken run is checked once, before
// the next request, which may overwrite its traceback and times. A run may be broken if
//
//   - it has failed or left out tasks (completed_with_errors), and was not checked yet;
//   - the last run has completed, but the storage shows another traceback than at the
//     last check, and there was a run in between.
//
// A run that is given up is checked when it is dead. The traceback may name the file.
// Otherwise the incomplete file is that of the newest task that the run created between
// its time_in_progress and its time_failure. A file without a task is not incomplete:
// the next run imports it.
//
//	complete → incomplete    a run broke in the file, and was checked
//	incomplete → empty       somebody deletes its tasks, or Sync does (DeleteTasks)
//	empty → complete         a run imports it, and Sync finds its tasks
//	incomplete → complete    somebody deletes its tasks and syncs: all tasks are newer
//	any → accepted           the user accepts the file
//
// While the project holds tasks of a file that was incomplete before, Sync makes no
// request. A file that becomes incomplete during a sync does not stop the requests for
// the other files.
//
// A run can't be checked if the server no longer shows it: a second failure has
// overwritten it; its traceback equals the one that was checked and a later run has
// completed; or, on SQLite, another request has overwritten a dead run before anybody
// listed the storages.
package storagesync
