// The process between the agent and a hook. It is C because it runs between fork and exec of a
// process with threads, where nothing but async-signal-safe calls is allowed: no allocation, no
// Swift runtime. Being a child subreaper it inherits every process that a hook leaves behind, also
// one that started a session of its own and cleared its environment, so a tree cannot escape it.
#define _GNU_SOURCE
#include "CSupervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INPUT = 0, CONTROL = 3, REPORT = 4, OUTPUT = 5, FIRST_FREE = 6, ABOVE_ALL = 16 };

static void close_all_from(unsigned first) {
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
    for (unsigned fd = first; fd < 65536; fd++) close((int)fd);
}

// Gives the four descriptors fixed numbers and closes all others, among them the control ends of
// other supervisors, which would otherwise outlive the agent in here.
static int arrange_descriptors(int output, int control, int report) {
    int null = open("/dev/null", O_RDWR);
    int high[4] = {null, control, report, output};
    static const int wanted[4] = {INPUT, CONTROL, REPORT, OUTPUT};
    for (int i = 0; i < 4; i++) {
        high[i] = fcntl(high[i], F_DUPFD, ABOVE_ALL);
        if (high[i] < 0) return -1;
    }
    for (int i = 0; i < 4; i++) {
        int flags = wanted[i] == INPUT ? 0 : O_CLOEXEC;
        if (dup3(high[i], wanted[i], flags) < 0) return -1;
    }
    dup2(INPUT, 1);
    dup2(INPUT, 2);
    close_all_from(FIRST_FREE);
    return 0;
}

static void tell(int32_t kind, int32_t value) {
    struct supervisor_report report = {kind, value};
    while (write(REPORT, &report, sizeof report) < 0 && errno == EINTR) {}
}

// Runs in the child of vfork, on the memory of the supervisor, so it only calls the kernel.
__attribute__((noinline, noreturn))
static void become_program(const char *path, char *const arguments[], char *const environment[],
                           const char *folder) {
    setsid();
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(OUTPUT, 1);
    dup2(OUTPUT, 2);
    if (chdir(folder) == 0) execve(path, arguments, environment);
    tell(SUPERVISOR_NOT_STARTED, errno);
    _exit(127);
}

// Signals each direct child. Their children become ours when they die, so calling it until none is
// left reaches the whole tree.
static void signal_children(pid_t program, int number) {
    int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (list < 0) {
        kill(-program, number);
        return;
    }
    char text[4096];
    long pid = 0;
    for (ssize_t count; (count = read(list, text, sizeof text)) > 0;) {
        for (ssize_t i = 0; i < count; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                pid = pid * 10 + (text[i] - '0');
            } else {
                if (pid > 1) kill((pid_t)pid, number);
                pid = 0;
            }
        }
    }
    close(list);
}

struct watch {
    pid_t program;
    int status;
    int program_gone;
    int killing;
};

// Returns 1 when no process of the tree is left.
static int reap(struct watch *watch) {
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) return 1;
        if (pid == 0) return 0;
        if (pid != watch->program) continue;
        watch->program_gone = 1;
        watch->status = status;
        watch->killing = 1;
    }
}

static void obey(struct watch *watch) {
    char order = 'K';
    ssize_t count = read(CONTROL, &order, 1);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count == 1 && order == 'T') {
        if (!watch->program_gone) kill(-watch->program, SIGTERM);
        signal_children(watch->program, SIGTERM);
        return;
    }
    watch->killing = 1;
}

static void watch_until_gone(struct watch *watch, int signals) {
    int pause = 1;
    while (!reap(watch)) {
        if (watch->killing) {
            if (!watch->program_gone) kill(-watch->program, SIGKILL);
            signal_children(watch->program, SIGKILL);
        }
        struct pollfd both[2] = {{signals, POLLIN, 0}, {CONTROL, POLLIN, 0}};
        poll(both, watch->killing ? 1 : 2, watch->killing ? pause : -1);
        if (watch->killing && pause < 64) pause *= 2;
        struct signalfd_siginfo ignored;
        while (read(signals, &ignored, sizeof ignored) > 0) {}
        if (!watch->killing && both[1].revents != 0) obey(watch);
    }
}

static void supervise(const char *path, char *const arguments[], char *const environment[],
                      const char *folder, int output, int control, int report) {
    if (arrange_descriptors(output, control, report) < 0) _exit(1);
    setsid();
    prctl(PR_SET_NAME, "drill-hook");
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
        tell(SUPERVISOR_NOT_STARTED, errno);
        _exit(1);
    }
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    // With SIGCHLD ignored, as a parent may have left it, the kernel reaps and tells nobody.
    signal(SIGCHLD, SIG_DFL);
    int signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    // A copy of the agent's memory for each hook would cost more than all else here; the supervisor has
    // nothing to do before its program has started.
    pid_t program = signals < 0 ? -1 : vfork();
    if (program < 0) {
        tell(SUPERVISOR_NOT_STARTED, errno);
        _exit(1);
    }
    if (program == 0) become_program(path, arguments, environment, folder);
    close(OUTPUT);
    struct watch watch = {program, 0, 0, 0};
    watch_until_gone(&watch, signals);
    tell(SUPERVISOR_ENDED, watch.status);
    _exit(0);
}

pid_t supervisor_start(const char *path, char *const arguments[], char *const environment[],
                       const char *folder, int output, int control, int report) {
    sigset_t all, before;
    sigfillset(&all);
    // No handler of the agent may run in the supervisor.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    int error = errno;
    if (pid == 0) supervise(path, arguments, environment, folder, output, control, report);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid < 0 ? -error : pid;
}

int supervisor_adopt(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : -errno; }

int64_t supervisor_peer_user(int socket) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -(int64_t)errno;
    return (int64_t)peer.uid;
}

int supervisor_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : -errno;
}
