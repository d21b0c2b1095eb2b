// The relay of a sandbox on linux/arm64: the same steps as amd64.S. Its bytes are in machine-code.ts:
//   as arm64.S -o relay.o && objcopy -O binary -j .text relay.o relay.bin && base64 -w0 relay.bin
.set room, 0x8000
.globl _start
_start:
  sub sp, sp, #room
  sub sp, sp, #80
  add x19, sp, #64            // 64 bytes of arguments, a header's 4, a frame's payload
  add x20, x19, #4
idle:
  mov w21, #-1                // no socket
  mov w22, #0                 // no child
  mov x0, #0x100000000        // {stdin, POLLIN}
  mov x1, #600                // seconds: a server that vanished without a word is given up
  stp x0, xzr, [sp]
  stp x1, xzr, [sp, #16]
  mov x1, #1
  add x2, sp, #16
  bl wait
  cmn w0, #4                  // EINTR
  b.eq idle
  cmp w0, #0
  b.le gone
  bl header
  and w23, w0, #0xffff        // the port, in network order
  lsl x23, x23, #16
  mov x0, #0x7f00000000       // AF_INET, 127.0.0.1
  movk x0, #0x0100, lsl #48
  orr x0, x0, x23
  add x0, x0, #2
  stp x0, xzr, [sp]
  mov w0, #2
  mov w2, #16
  bl dial
  cbz w0, answer
  add x0, x23, #10            // AF_INET6, ::1
  mov x1, #0x0100000000000000
  stp x0, xzr, [sp]
  stp x1, xzr, [sp, #16]
  mov w0, #10
  mov w2, #28
  bl dial
answer:
  str w0, [x19]
  mov w24, w0
  mov x25, x19
  mov w26, #4
  bl tell
  cbnz w24, frames
  mov w8, #220                // clone(SIGCHLD, 0, 0, 0, 0): a fork
  mov x0, #17
  mov x1, #0
  mov x2, #0
  mov x3, #0
  mov x4, #0
  svc #0
  mov w22, w0
  cmp w0, #0
  b.lt gone
  b.eq pump

frames:                       // the parent: stdin to the socket
  bl header
  cmp w0, #0
  b.eq finish
  b.lt close
  mov w24, w0                 // left of this frame
payload:
  mov w8, #63                 // read(stdin, buffer, min(left, room))
  mov w0, #0
  mov x1, x20
  mov w2, #room
  cmp w24, w2
  csel w2, w24, w2, lo
  svc #0
  cmp w0, #0
  b.le gone
  sub w24, w24, w0
  mov x25, x20
  mov w26, w0                 // left of this piece
send:
  mov w8, #206                // sendto(socket, piece, left, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0)
  mov w0, w21
  mov x1, x25
  mov w2, w26
  mov w3, #0x4040
  mov x4, #0
  mov x5, #0
  svc #0
  cmp w0, #0
  b.le unsent
  add x25, x25, w0, uxtw
  subs w26, w26, w0
  b.ne send
sent:
  cbnz w24, payload
  b frames
unsent:
  cmn w0, #11                 // EAGAIN; with any other error the rest is dropped, the child tells why
  b.ne sent
  mov w0, w21                 // {socket, POLLOUT}, {stdin, nothing: only that the server is gone}
  movk x0, #4, lsl #32
  stp x0, xzr, [sp]
  mov x1, #2
  mov x2, #0
  bl wait
  cmp w0, #0
  b.lt send
  ldrh w0, [sp, #14]
  cbnz w0, gone
  b send
finish:
  mov w8, #210                // shutdown(socket, SHUT_WR)
  mov w0, w21
  mov w1, #1
  svc #0
  b frames
close:
  bl reap
  mov w8, #57                 // close(socket)
  mov w0, w21
  svc #0
  b idle
gone:
  bl reap
  mov w0, #0
  mov w8, #94                 // exit_group(0)
  svc #0

pump:                         // the child: the socket to stdout
  mov w8, #63                 // read(socket, buffer, room)
  mov w0, w21
  mov x1, x20
  mov w2, #room
  svc #0
  str w0, [x19]
  mov w24, w0
  mov x25, x19
  cmp w0, #0
  csel w26, w0, wzr, gt
  add w26, w26, #4
  bl tell
  cmp w24, #0
  b.gt pump
  mov w0, #0
  mov w8, #94
  svc #0

wait:                         // ppoll(arguments, x1, x2, 0, 8)
  mov w8, #73
  mov x0, sp
  mov x3, #0
  mov x4, #8
  svc #0
  ret
header:                       // four bytes of stdin, in w0
  mov x25, x19
  mov w26, #4
more:
  mov w8, #63
  mov w0, #0
  mov x1, x25
  mov w2, w26
  svc #0
  cmp w0, #0
  b.le gone
  add x25, x25, w0, uxtw
  subs w26, w26, w0
  b.ne more
  ldr w0, [x19]
  ret
tell:                         // write all w26 bytes at x25 to stdout
  mov w8, #64
  mov w0, #1
  mov x1, x25
  mov w2, w26
  svc #0
  cmp w0, #0
  b.le gone
  add x25, x25, w0, uxtw
  subs w26, w26, w0
  b.ne tell
  ret
dial:                         // family w0, address of w2 bytes at the arguments; w0: 0, or what connect said
  mov w26, w2
  mov w8, #198                // socket(family, SOCK_STREAM, 0)
  mov w1, #1
  mov w2, #0
  svc #0
  cmp w0, #0
  b.lt failed
  mov w21, w0
  mov w8, #203                // connect
  mov x1, sp
  mov w2, w26
  svc #0
  cbz w0, failed
  mov w26, w0
  mov w8, #57
  mov w0, w21
  svc #0
  mov w21, #-1
  mov w0, w26
failed:
  ret
reap:                         // kill(child, SIGKILL), wait4(child, 0, 0, 0)
  cmp w22, #0
  b.le reaped
  mov w8, #129
  mov w0, w22
  mov w1, #9
  svc #0
  mov w8, #260
  mov w0, w22
  mov x1, #0
  mov x2, #0
  mov x3, #0
  svc #0
reaped:
  ret
