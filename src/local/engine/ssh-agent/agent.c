// The end of an SSH agent in a sandbox: agent.ts says what it speaks. It has no C library and no data, so that its code
// runs wherever it is loaded. Its bytes are in machine-code.ts, made by GCC 12 and binutils 2.40, on arm64 with
// -mno-outline-atomics in place of -fcf-protection=none:
//   gcc -c agent.c -Os -ffreestanding -fPIC -fno-toplevel-reorder -fno-stack-protector -fcf-protection=none
//   objcopy -O binary -j .text agent.o agent.bin && base64 -w0 agent.bin
#include "../system-call.h"

#include <linux/fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

enum {
  room = 0x4000,
  most_connections = 32,
  first_connection = 2,          // in what is polled: before it come stdin and the listening socket
  silence_seconds = 600,         // a server that vanished without a word is given up
  stuck_seconds = 10,            // a program that doesn't read what it asked for is given up
};

struct header {
  unsigned channel;
  int length;
};

struct agent {
  const char *path;
  struct pollfd polled[first_connection + most_connections];
  unsigned channels[first_connection + most_connections];
  unsigned last_channel;
  char buffer[room];
};

__attribute__((noreturn)) static void leave(int code) {
  for (;;) call(__NR_exit_group, code, 0, 0, 0, 0, 0);
}

__attribute__((noreturn)) static void end(struct agent *agent) {
  call(__NR_unlinkat, AT_FDCWD, (long)agent->path, 0, 0, 0, 0);
  leave(0);
}

static void read_all(struct agent *agent, void *into, unsigned length) {
  while (length > 0) {
    long count = call(__NR_read, 0, (long)into, length, 0, 0, 0);
    if (count <= 0) end(agent);
    into = (char *)into + count;
    length -= count;
  }
}

static void write_all(struct agent *agent, const void *from, unsigned length) {
  while (length > 0) {
    long count = call(__NR_write, 1, (long)from, length, 0, 0, 0);
    if (count <= 0) end(agent);
    from = (const char *)from + count;
    length -= count;
  }
}

static void tell(struct agent *agent, unsigned channel, int length) {
  struct header header = {channel, length};
  write_all(agent, &header, sizeof header);
}

static int slot_of(struct agent *agent, unsigned channel) {
  for (int slot = first_connection; slot < first_connection + most_connections; slot++)
    if (agent->polled[slot].fd >= 0 && agent->channels[slot] == channel) return slot;
  return -1;
}

static int free_slot(struct agent *agent) {
  for (int slot = first_connection; slot < first_connection + most_connections; slot++)
    if (agent->polled[slot].fd < 0) return slot;
  return -1;
}

static void end_connection(struct agent *agent, int slot) {
  call(__NR_close, agent->polled[slot].fd, 0, 0, 0, 0, 0);
  agent->polled[slot].fd = -1;
  tell(agent, agent->channels[slot], 0);
}

static void send_all(struct agent *agent, int slot, unsigned length) {
  for (unsigned sent = 0; sent < length;) {
    long from = (long)agent->buffer + sent;
    long count = call(__NR_sendto, agent->polled[slot].fd, from, length - sent, MSG_NOSIGNAL, 0, 0);
    if (count <= 0) return end_connection(agent, slot);
    sent += count;
  }
}

// One frame of the server. What is meant for a connection that is gone is dropped.
static void hear(struct agent *agent) {
  struct header header;
  read_all(agent, &header, sizeof header);
  int slot = slot_of(agent, header.channel);
  if (header.length <= 0 && slot >= 0) end_connection(agent, slot);
  for (unsigned left = header.length > 0 ? header.length : 0; left > 0;) {
    unsigned count = left < room ? left : room;
    read_all(agent, agent->buffer, count);
    slot = slot_of(agent, header.channel);
    if (slot >= 0) send_all(agent, slot, count);
    left -= count;
  }
}

// Only called while there is room: polled[1] is left out otherwise.
static void take_connection(struct agent *agent) {
  long fd = call(__NR_accept4, agent->polled[1].fd, 0, 0, SOCK_CLOEXEC, 0, 0);
  int slot = free_slot(agent);
  if (fd < 0 || slot < 0) return;
  struct {
    long seconds, microseconds;
  } limit = {stuck_seconds, 0};
  call(__NR_setsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, (long)&limit, sizeof limit, 0);
  agent->polled[slot].fd = fd;
  agent->polled[slot].revents = 0;
  agent->channels[slot] = ++agent->last_channel;
}

static void read_connection(struct agent *agent, int slot) {
  long count = call(__NR_read, agent->polled[slot].fd, (long)agent->buffer, room, 0, 0, 0);
  if (count <= 0) return end_connection(agent, slot);
  tell(agent, agent->channels[slot], count);
  write_all(agent, agent->buffer, count);
}

// 0, or a negative errno.
static long listen_at(struct agent *agent, const char *path) {
  struct sockaddr_un address;
  unsigned length = 0;
  address.sun_family = AF_UNIX;
  for (; path[length] && length < sizeof address.sun_path - 1; length++) address.sun_path[length] = path[length];
  address.sun_path[length] = 0;
  long fd = call(__NR_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, 0, 0, 0);
  if (fd < 0) return fd;
  agent->polled[1].fd = fd;
  call(__NR_umask, 0177, 0, 0, 0, 0, 0);
  long error = call(__NR_bind, fd, (long)&address, sizeof address, 0, 0, 0);
  return error ? error : call(__NR_listen, fd, most_connections, 0, 0, 0, 0);
}

// `start` is the number of arguments, and behind it their addresses.
__attribute__((noreturn, used)) static void run(long *start) {
  struct agent agent;
  struct {
    long seconds, nanoseconds;
  } silence;
  agent.last_channel = 0;
  for (int slot = 0; slot < first_connection + most_connections; slot++) {
    agent.polled[slot].fd = -1;
    agent.polled[slot].events = POLLIN;
    agent.polled[slot].revents = 0;
  }
  agent.path = start[0] > 1 ? (const char *)start[2] : (const char *)&agent.last_channel;
  agent.polled[0].fd = 0;
  long error = listen_at(&agent, agent.path);
  tell(&agent, 0, error);
  if (error) leave(1);
  int listening = agent.polled[1].fd;
  for (;;) {
    agent.polled[1].fd = free_slot(&agent) < 0 ? -1 : listening;
    silence.seconds = silence_seconds;
    silence.nanoseconds = 0;
    long ready = call(__NR_ppoll, (long)agent.polled, first_connection + most_connections, (long)&silence, 0, 8, 0);
    if (ready == -4) continue; // EINTR
    if (ready <= 0) end(&agent);
    for (int slot = first_connection; slot < first_connection + most_connections; slot++)
      if (agent.polled[slot].fd >= 0 && agent.polled[slot].revents) read_connection(&agent, slot);
    if (agent.polled[1].fd >= 0 && agent.polled[1].revents) take_connection(&agent);
    if (agent.polled[0].revents) hear(&agent);
  }
}
