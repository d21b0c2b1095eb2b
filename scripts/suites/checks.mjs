import { mustRun } from '../setup/run.mjs';
import { asTest } from './results.mjs';

/** @param {import('./context.mjs').Context} context */
export async function checks({ root, signal, build }) {
  const npm = (script) => () => mustRun('npm', ['run', '--silent', script], { cwd: root, signal });
  return [
    await asTest('lint', npm('lint')),
    await asTest('typecheck', npm('typecheck')),
    await asTest('build', build),
  ];
}
