// What a program without a C library needs: system calls, and little texts.
#include <asm/unistd.h>

#if defined __x86_64__
asm("_start: mov %rsp, %rdi\n and $-16, %rsp\n call start");
static long call(long number, long a, long b, long c, long d, long e) {
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
               : "rcx", "r11", "memory");
  return result;
}
#elif defined __aarch64__
asm("_start: mov x0, sp\n b start");
static long call(long number, long a, long b, long c, long d, long e) {
  register long x8 asm("x8") = number;
  register long x0 asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  register long x4 asm("x4") = e;
  asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0;
}
#endif

static long call3(long number, long a, long b, long c) {
  return call(number, a, b, c, 0, 0);
}

__attribute__((noreturn)) static void leave(int code) {
  for (;;) call3(__NR_exit_group, code, 0, 0);
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
  call3(__NR_write, where, (long)text, length_of(text));
}

static char *append_number(char *at, unsigned long number) {
  if (number >= 10) at = append_number(at, number / 10);
  *at++ = '0' + number % 10;
  *at = 0;
  return at;
}

static void say_error(const char *what, int failure) {
  char number[16];
  append_number(number, -failure);
  say(2, what);
  say(2, ": refused with error ");
  say(2, number);
  say(2, "\n");
}
