# Process 1 of a sandbox on linux/amd64. Its bytes are in machine-code.ts:
#   as amd64.S -o init.o && objcopy -O binary -j .text init.o init.bin && base64 -w0 init.bin
.intel_syntax noprefix
.globl _start
_start:
  mov eax, 13                 # rt_sigaction(SIGCHLD, {SIG_IGN}, 0, 8): the kernel reaps
  mov edi, 17
  lea rsi, [rip + ignore]
  xor edx, edx
  mov r10d, 8
  syscall
  mov eax, 14                 # rt_sigprocmask(SIG_BLOCK, endings, 0, 8): a blocked signal is kept
  xor edi, edi                # even for process 1, which otherwise never gets one it doesn't handle
  lea rsi, [rip + endings]
  syscall
wait:
  mov eax, 128                # rt_sigtimedwait(endings, 0, 0, 8)
  lea rdi, [rip + endings]
  xor esi, esi
  xor edx, edx
  syscall
  cmp eax, -4                 # EINTR
  je wait
  mov edi, eax                # exit_group(0), or 1 where the wait failed
  shr edi, 31
  mov eax, 231
  syscall
.balign 8
ignore: .quad 1, 0, 0, 0      # struct kernel_sigaction: SIG_IGN, no flags, no restorer, no mask
endings: .quad 0x4002         # SIGINT, SIGTERM
