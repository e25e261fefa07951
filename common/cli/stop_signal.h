// SIGTERM, SIGINT and SIGHUP as a request to come to an end, not as the end.
//
// A signal that was ignored when the program started (nohup: SIGHUP; a shell's background job:
// SIGINT) stays ignored.
#pragma once

namespace dateline {

// From now on the signals only leave a note; the handlers interrupt system calls (no SA_RESTART).
void note_stop_signals();

// Undoes note_stop_signals(): the signals end the process again.
void end_at_stop_signals();

// Was note_stop_signals() called?
bool stop_signals_are_noted();

// The first signal that came, 0 for none.
int stop_signal();

}  // namespace dateline
