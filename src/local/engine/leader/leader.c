// What begins a command of a sandbox and what ends it: leader.ts says how it is called. It has no C library, and runs
// where elfExecutable puts it. Its bytes are in machine-code.ts, made by GCC 12 and binutils 2.40, on arm64 with
// -mno-outline-atomics in place of -fcf-protection=none:
//   gcc -c leader.c -Os -ffreestanding -fno-pic -fno-toplevel-reorder -fno-stack-protector -fcf-protection=none
//   ld -N -Ttext=0x4000b0 leader.o -o leader.elf
//   objcopy -O binary -j .text -j .rodata leader.elf leader.bin && base64 -w0 leader.bin
#include "texts.h"

#include <errno.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <signal.h>
#include <sys/ioctl.h>

enum {
  room = 0x4000,
  longest_path = 0x1000,
  longest_mark = 0x100,
  not_found = 127,  // as shells have it
  not_runnable = 126,
};

static int execute(const char *path, char **command, const char **variables) {
  return call3(__NR_execve, (long)path, (long)command, (long)variables);
}

// Looked for in the folders of PATH. Gives why it failed.
static int search(char **command, const char *folders, const char **variables) {
  char path[longest_path];
  int reason = -ENOENT;
  if (!command[0][0]) return reason;
  if (find(command[0], '/')) return execute(command[0], command, variables);
  for (const char *end; folders; folders = *end ? end + 1 : 0) {
    unsigned length;
    end = find(folders, ':');
    if (!end) end = folders + length_of(folders);
    length = end - folders;
    if (length + length_of(command[0]) + 2 > sizeof path) continue;
    for (unsigned at = 0; at < length; at++) path[at] = folders[at];
    if (length > 0) path[length++] = '/';
    append(path + length, command[0]);
    int failure = execute(path, command, variables);
    if (failure == -EACCES) reason = failure;
    else if (failure != -ENOENT && failure != -ENOTDIR) return failure;
  }
  return reason;
}

// `size` is `COLUMNSxROWS`, or anything else for what has no terminal.
static void set_size(const char *size) {
  struct winsize wanted = {0, 0, 0, 0};
  unsigned short *into[] = {&wanted.ws_col, &wanted.ws_row};
  for (unsigned at = 0; at < 2; at++, size++) {
    while (*size >= '0' && *size <= '9') *into[at] = *into[at] * 10 + *size++ - '0';
    if (*size != (at ? 0 : 'x')) return;
  }
  call3(__NR_ioctl, 2, TIOCSWINSZ, (long)&wanted);
}

// `mark` is `NAME=run`.
static void lead(const char *mark, char **command, const char **inherited) {
  char marked[longest_mark], pid[16];
  const char *folders = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  unsigned count = 0;
  while (inherited[count]) count++;
  const char *variables[count + 2];
  count = 0;
  for (; *inherited; inherited++) {
    const char *value = behind(*inherited, "PATH=");
    if (value) folders = value;
    variables[count++] = *inherited;
  }
  append(append_number(pid, call3(__NR_getpid, 0, 0, 0)), "\n");
  say(2, pid);
  pid[length_of(pid) - 1] = 0;
  append(append(append(marked, mark), "."), pid);
  variables[count++] = marked;
  variables[count] = 0;
  int failure = search(command, folders, variables);
  if (failure != -ENOENT) say_error(command[0], failure);
  else {
    say(2, command[0]);
    say(2, ": not found\n");
  }
  leave(failure == -ENOENT ? not_found : not_runnable);
}

static int kill_group(const char *pid) {
  long number = 0;
  while (*pid >= '0' && *pid <= '9') number = number * 10 + *pid++ - '0';
  return *pid || number < 2 ? -EINVAL : call3(__NR_kill, -number, SIGKILL, 0);
}

// Whether a variable is the mark of another run, on the process that it was made for.
static int is_left(const char *variable, const char *mark, const char *pid) {
  while (*mark != '=')
    if (*variable++ != *mark++) return 0;
  if (*variable != '=' || behind(variable, mark)) return 0;
  const char *own = find(variable, '.');
  const char *rest = own ? behind(own + 1, pid) : 0;
  return rest && !*rest;
}

// As the user of the process alone may, and root with a capability that containers have not.
static long open_as_owner(const char *folder, const char *path) {
  struct statx owner;
  if (call(__NR_statx, AT_FDCWD, (long)folder, 0, STATX_UID | STATX_GID, (long)&owner, 0)) return -1;
  call3(__NR_setfsgid, owner.stx_gid, 0, 0);
  call3(__NR_setfsuid, owner.stx_uid, 0, 0);
  long file = call3(__NR_openat, AT_FDCWD, (long)path, O_RDONLY);
  call3(__NR_setfsuid, 0, 0, 0);
  call3(__NR_setfsgid, 0, 0, 0);
  return file;
}

// Looks at each variable of a process; what is longer than a mark is none.
static int bears_old_mark(const char *pid, const char *mark) {
  char folder[32], path[32], buffer[room], variable[longest_mark];
  append(append(folder, "/proc/"), pid);
  append(append(path, folder), "/environ");
  long count, length = 0, file = open_as_owner(folder, path);
  int found = 0;
  if (file < 0) return 0;
  while (!found && (count = call3(__NR_read, file, (long)buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < count && !found; at++) {
      if (length < longest_mark) variable[length++] = buffer[at];
      if (buffer[at]) continue;
      found = !variable[length - 1] && is_left(variable, mark, pid);
      length = 0;
    }
  }
  call3(__NR_close, file, 0, 0);
  return found;
}

struct entry {
  unsigned long long inode, offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

static void sweep(const char *mark) {
  char buffer[room];
  long count, folder = call3(__NR_openat, AT_FDCWD, (long)"/proc", O_RDONLY | O_DIRECTORY);
  while ((count = call3(__NR_getdents64, folder, (long)buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < count; at += ((struct entry *)(buffer + at))->length) {
      const char *name = ((struct entry *)(buffer + at))->name;
      if (*name < '0' || *name > '9' || !bears_old_mark(name, mark) || kill_group(name)) continue;
      say(1, name);
      say(1, "\n");
    }
  }
  leave(count < 0);
}

__attribute__((noreturn, used)) static void run(long *stack) {
  long count = stack[0];
  char **arguments = (char **)(stack + 1);
  const char **variables = (const char **)(arguments + count + 1);
  const char *work = count > 2 ? arguments[1] : "";
  if (*work == 'r' && count > 4) {
    set_size(arguments[3]);
    lead(arguments[2], arguments + 4, variables);
  }
  if (*work == 's') sweep(arguments[2]);
  int failure = *work == 'k' ? kill_group(arguments[2]) : -EINVAL;
  if (!failure || failure == -ESRCH) leave(0);
  say_error("kill", failure);
  leave(1);
}
