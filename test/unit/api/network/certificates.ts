import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A certificate that signs itself, made by the openssl command for this test alone. */
export async function makeCertificate(name: string): Promise<{ cert: string; key: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'certificate-'));
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`];
    const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
    await promisify(execFile)('openssl', ['req', '-x509', ...curve, ...subject, ...files], { cwd: folder });
    const [cert, key] = await Promise.all(
      ['cert.pem', 'key.pem'].map((file) => readFile(path.join(folder, file), 'utf8')),
    );
    return { cert: cert!, key: key! };
  } finally {
    await rm(folder, { recursive: true });
  }
}
