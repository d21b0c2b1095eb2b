# The relay of a sandbox on linux/amd64: relay.ts says what it speaks. Its bytes are in machine-code.ts:
#   as amd64.S -o relay.o && objcopy -O binary -j .text relay.o relay.bin && base64 -w0 relay.bin
.intel_syntax noprefix
.set room, 0x8000
.globl _start
_start:
  sub rsp, room + 80
  lea rbx, [rsp + 64]         # 64 bytes of arguments, a header's 4, a frame's payload
  mov r12, rbx
  add r12, 4
idle:
  mov r13d, -1                # no socket
  xor r14d, r14d              # no child
  mov dword ptr [rsp], 0      # {stdin, POLLIN}
  mov dword ptr [rsp + 4], 1
  mov qword ptr [rsp + 16], 600             # seconds: a server that vanished without a word is given up
  mov qword ptr [rsp + 24], 0
  mov esi, 1
  lea rdx, [rsp + 16]
  call wait
  cmp eax, -4                 # EINTR
  je idle
  test eax, eax
  jle gone
  call header
  movzx r15d, ax              # the port, in network order
  mov dword ptr [rsp], 2      # AF_INET, 127.0.0.1
  mov word ptr [rsp + 2], r15w
  mov dword ptr [rsp + 4], 0x0100007f
  mov qword ptr [rsp + 8], 0
  mov edi, 2
  mov edx, 16
  call dial
  test eax, eax
  jz answer
  mov dword ptr [rsp], 10     # AF_INET6, ::1
  mov word ptr [rsp + 2], r15w
  mov dword ptr [rsp + 4], 0
  mov qword ptr [rsp + 8], 0
  mov dword ptr [rsp + 16], 0
  mov dword ptr [rsp + 20], 0x01000000
  mov dword ptr [rsp + 24], 0
  mov edi, 10
  mov edx, 28
  call dial
answer:
  mov [rbx], eax
  mov ebp, eax
  mov r15, rbx
  mov r8d, 4
  call tell
  test ebp, ebp
  jnz frames
  mov eax, 56                 # clone(SIGCHLD, 0, 0, 0, 0): a fork
  mov edi, 17
  xor esi, esi
  xor edx, edx
  xor r10d, r10d
  xor r8d, r8d
  syscall
  mov r14d, eax
  test eax, eax
  js gone
  jz pump

frames:                       # the parent: stdin to the socket
  call header
  test eax, eax
  jz finish
  js close
  mov ebp, eax                # left of this frame
payload:
  xor eax, eax                # read(stdin, buffer, min(left, room))
  xor edi, edi
  mov rsi, r12
  mov edx, room
  cmp ebp, edx
  cmovb edx, ebp
  syscall
  test eax, eax
  jle gone
  sub ebp, eax
  mov r15, r12
  mov [rsp + 48], eax         # left of this piece
send:
  mov eax, 44                 # sendto(socket, piece, left, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0)
  mov edi, r13d
  mov rsi, r15
  mov edx, [rsp + 48]
  mov r10d, 0x4040
  xor r8d, r8d
  xor r9d, r9d
  syscall
  test eax, eax
  jle unsent
  add r15, rax
  sub [rsp + 48], eax
  jnz send
sent:
  test ebp, ebp
  jnz payload
  jmp frames
unsent:
  cmp eax, -11                # EAGAIN; with any other error the rest is dropped, the child tells why
  jne sent
  mov [rsp], r13d             # {socket, POLLOUT}, {stdin, nothing: only that the host is gone}
  mov dword ptr [rsp + 4], 4
  mov qword ptr [rsp + 8], 0
  mov esi, 2
  xor edx, edx
  call wait
  test eax, eax
  js send
  cmp word ptr [rsp + 14], 0
  jne gone
  jmp send
finish:
  mov eax, 48                 # shutdown(socket, SHUT_WR)
  mov edi, r13d
  mov esi, 1
  syscall
  jmp frames
close:
  call reap
  mov eax, 3                  # close(socket)
  mov edi, r13d
  syscall
  jmp idle
gone:
  call reap
  xor edi, edi
  mov eax, 231                # exit_group(0)
  syscall

pump:                         # the child: the socket to stdout
  xor eax, eax                # read(socket, buffer, room)
  mov edi, r13d
  mov rsi, r12
  mov edx, room
  syscall
  mov [rbx], eax
  mov ebp, eax
  mov r15, rbx
  xor r8d, r8d
  test eax, eax
  cmovg r8d, eax
  add r8d, 4
  call tell
  test ebp, ebp
  jg pump
  xor edi, edi
  mov eax, 231
  syscall

wait:                         # ppoll(arguments, esi, rdx, 0, 8)
  mov eax, 271
  lea rdi, [rsp + 8]
  xor r10d, r10d
  mov r8d, 8
  syscall
  ret
header:                       # four bytes of stdin, in eax
  mov r15, rbx
  mov r9d, 4
more:
  xor eax, eax
  xor edi, edi
  mov rsi, r15
  mov edx, r9d
  syscall
  test eax, eax
  jle gone
  add r15, rax
  sub r9d, eax
  jnz more
  mov eax, [rbx]
  ret
tell:                         # write all r8 bytes at r15 to stdout
  mov eax, 1
  mov edi, 1
  mov rsi, r15
  mov edx, r8d
  syscall
  test eax, eax
  jle gone
  add r15, rax
  sub r8d, eax
  jnz tell
  ret
dial:                         # family edi, address of edx bytes at the arguments; eax: 0, or what connect said
  mov r8d, edx
  mov eax, 41                 # socket(family, SOCK_STREAM, 0)
  mov esi, 1
  xor edx, edx
  syscall
  test eax, eax
  js failed
  mov r13d, eax
  mov edi, eax
  lea rsi, [rsp + 8]
  mov edx, r8d
  mov eax, 42                 # connect
  syscall
  test eax, eax
  jz failed
  mov r8d, eax
  mov edi, r13d
  mov eax, 3
  syscall
  mov r13d, -1
  mov eax, r8d
failed:
  ret
reap:                         # kill(child, SIGKILL), wait4(child, 0, 0, 0)
  test r14d, r14d
  jle reaped
  mov edi, r14d
  mov esi, 9
  mov eax, 62
  syscall
  mov edi, r14d
  xor esi, esi
  xor edx, edx
  xor r10d, r10d
  mov eax, 61
  syscall
reaped:
  ret
