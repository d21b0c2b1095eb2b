// What the leader does with texts, none of which it may keep: it has no memory but its stack.
#include "../system-call.h"

static long call3(long number, long a, long b, long c) {
  return call(number, a, b, c, 0, 0, 0);
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

// Behind the prefix, or none where the text begins otherwise.
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
