import { mustRun } from './run.mjs';

/** Runs npm in a folder outside this project. */
export async function npm(args, cwd, signal, env = {}) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await mustRun('npm', [...args, ...quiet], { cwd, signal, env: { ...outsideNpm(), ...env } });
}

/** npm hands the running project's settings to its scripts; an npm within takes over only how to reach the registry. */
function outsideNpm() {
  const kept = /^npm_config_(registry|cache|cafile|strict_ssl|proxy|https_proxy|noproxy)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') || kept.test(name)),
  );
}
