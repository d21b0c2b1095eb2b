// What begins a command of a sandbox and what ends it: leader.ts says how it is called. It has no C library, and runs
// where elfExecutable puts it. Its bytes are in machine-code.ts, made by GCC 12 and binutils 2.40, on arm64 with
// -mno-outline-atomics in place of -fcf-protection=none:
//   gcc -c leader.c -Os -ffreestanding -fno-pic -fno-toplevel-reorder -fno-stack-protector -fcf-protection=none
//   ld -N -Ttext=0x4000b0 leader.o -o leader.elf
//   objcopy -O binary -j .text -j .rodata leader.elf leader.bin && base64 -w0 leader.bin
#include <asm/unistd.h>
#include <errno.h>
#include <linux/fcntl.h>
#include <signal.h>

enum {
  room = 0x4000,
  longest_path = 0x1000,
  longest_mark = 0x100,
  not_found = 127,  // as shells have it
  not_runnable = 126,
};

#if defined __x86_64__
asm("_start: mov %rsp, %rdi\n and $-16, %rsp\n call start");
static long call(long number, long a, long b, long c) {
  long result;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(0) : "rcx", "r11", "memory");
  return result;
}
#elif defined __aarch64__
asm("_start: mov x0, sp\n b start");
static long call(long number, long a, long b, long c) {
  register long x8 asm("x8") = number;
  register long x0 asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}
#endif

__attribute__((noreturn)) static void leave(int code) {
  for (;;) call(__NR_exit_group, code, 0, 0);
}

static unsigned length_of(const char *text) {
  unsigned length = 0;
  while (text[length]) length++;
  return length;
}

static char *append(char *at, const char *text) {
  while ((*at = *text++)) at++;
  return at;
}

/** Behind the prefix, or none where the text begins otherwise. */
static const char *behind(const char *text, const char *prefix) {
  while (*prefix)
    if (*text++ != *prefix++) return 0;
  return text;
}

static const char *find(const char *text, char wanted) {
  while (*text && *text != wanted) text++;
  return *text ? text : 0;
}

static void say(int where, const char *text) {
  call(__NR_write, where, (long)text, length_of(text));
}

static char *append_number(char *at, unsigned long number) {
  if (number >= 10) at = append_number(at, number / 10);
  *at++ = '0' + number % 10;
  *at = 0;
  return at;
}

static int execute(const char *path, char **command, const char **variables) {
  return call(__NR_execve, (long)path, (long)command, (long)variables);
}

/** As execvp(3) does. Gives why it failed. */
static int search(char **command, const char *folders, const char **variables) {
  char path[longest_path];
  int reason = -ENOENT;
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
    if (failure != -ENOENT && failure != -ENOTDIR) reason = failure;
  }
  return reason;
}

/** `mark` is `NAME=run`. */
static void run(const char *mark, char **command, const char **inherited) {
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
  append(append_number(pid, call(__NR_getpid, 0, 0, 0)), "\n");
  say(2, pid);
  pid[length_of(pid) - 1] = 0;
  append(append(append(marked, mark), "."), pid);
  variables[count++] = marked;
  variables[count] = 0;
  int failure = search(command, folders, variables);
  say(2, command[0]);
  say(2, failure == -ENOENT ? ": not found\n" : ": can not be run\n");
  leave(failure == -ENOENT ? not_found : not_runnable);
}

static int kill_group(const char *pid) {
  long number = 0;
  while (*pid >= '0' && *pid <= '9') number = number * 10 + *pid++ - '0';
  return *pid || number < 2 ? -EINVAL : call(__NR_kill, -number, SIGKILL, 0);
}

/** Whether a variable is the mark of another run, on the process that it was made for. */
static int is_left(const char *variable, const char *mark, const char *pid) {
  while (*mark != '=')
    if (*variable++ != *mark++) return 0;
  if (behind(variable, mark)) return 0;
  const char *own = find(variable, '.');
  const char *rest = own ? behind(own + 1, pid) : 0;
  return rest && !*rest;
}

/** Looks at each variable of a process; what is longer than a mark is none. */
static int bears_old_mark(const char *pid, const char *mark) {
  char path[32], buffer[room], variable[longest_mark];
  append(append(append(path, "/proc/"), pid), "/environ");
  long count, length = 0, file = call(__NR_openat, AT_FDCWD, (long)path, O_RDONLY);
  int found = 0;
  if (file < 0) return 0;
  while (!found && (count = call(__NR_read, file, (long)buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < count && !found; at++) {
      if (length < longest_mark) variable[length++] = buffer[at];
      if (buffer[at]) continue;
      found = !variable[length - 1] && is_left(variable, mark, pid);
      length = 0;
    }
  }
  call(__NR_close, file, 0, 0);
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
  long count, folder = call(__NR_openat, AT_FDCWD, (long)"/proc", O_RDONLY | O_DIRECTORY);
  while ((count = call(__NR_getdents64, folder, (long)buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < count; at += ((struct entry *)(buffer + at))->length) {
      const char *name = ((struct entry *)(buffer + at))->name;
      if (*name < '0' || *name > '9' || !bears_old_mark(name, mark) || kill_group(name)) continue;
      say(1, name);
      say(1, "\n");
    }
  }
  leave(count < 0);
}

__attribute__((noreturn)) void start(long *stack) {
  long count = stack[0];
  char **arguments = (char **)(stack + 1);
  const char **variables = (const char **)(arguments + count + 1);
  const char *work = count > 2 ? arguments[1] : "";
  if (*work == 'r' && count > 3) run(arguments[2], arguments + 3, variables);
  if (*work == 's') sweep(arguments[2]);
  int failure = *work == 'k' ? kill_group(arguments[2]) : -EINVAL;
  leave(failure && failure != -ESRCH);
}
