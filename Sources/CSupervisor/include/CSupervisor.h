#ifndef CSUPERVISOR_H
#define CSUPERVISOR_H

#include <stdint.h>
#include <sys/types.h>

/// What a supervisor writes to its report descriptor, once or twice.
struct supervisor_report {
    /// SUPERVISOR_ENDED or SUPERVISOR_NOT_STARTED.
    int32_t kind;
    /// The status from waitpid of the program, or the errno of the failed start.
    int32_t value;
};

enum { SUPERVISOR_ENDED = 1, SUPERVISOR_NOT_STARTED = 2 };

/// Starts a program in a session of its own, below a supervisor that lives until the last process of
/// the program's tree is gone, and kills that tree when the program ends, when it reads 'K' from
/// `control`, or when the other end of `control` closes. 'T' asks the tree to end.
///
/// Both outputs of the program go to `output`. Returns the supervisor, to be waited for, or -errno.
pid_t supervisor_start(const char *path, char *const arguments[], char *const environment[],
                       const char *folder, int output, int control, int report);

/// Makes this process the one to whom the children of a process below it fall when that dies; -errno if it cannot.
int supervisor_adopt(void);

/// The user at the other end of a UNIX socket; -errno when it is not known.
int64_t supervisor_peer_user(int socket);

/// A pipe that no program inherits; -errno if it cannot be made. Here because Swift does not see pipe2.
int supervisor_pipe(int ends[2]);

#endif
