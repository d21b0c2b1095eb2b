// Process 1 of a sandbox on linux/arm64: the same steps as amd64.S. Its bytes are in machine-code.ts:
//   as arm64.S -o init.o && objcopy -O binary -j .text init.o init.bin && base64 -w0 init.bin
.globl _start
_start:
  mov w8, #134                // rt_sigaction(SIGCHLD, {SIG_IGN}, 0, 8): the kernel reaps
  mov w0, #17
  adr x1, ignore
  mov x2, #0
  mov w3, #8
  svc #0
  mov w8, #135                // rt_sigprocmask(SIG_BLOCK, endings, 0, 8)
  mov w0, #0
  adr x1, endings
  mov x2, #0
  svc #0
wait:
  mov w8, #137                // rt_sigtimedwait(endings, 0, 0, 8)
  adr x0, endings
  mov x1, #0
  mov x2, #0
  svc #0
  cmn w0, #4                  // EINTR
  b.eq wait
  lsr w0, w0, #31             // exit_group(0), or 1 where the wait failed
  mov w8, #94
  svc #0
.balign 8
ignore: .quad 1, 0, 0, 0
endings: .quad 0x4002         // SIGINT, SIGTERM
