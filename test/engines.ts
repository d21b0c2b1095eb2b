import { connectEngine } from '../src/local/engine/connect';
import { engineAddress } from '../src/local/engine/address';
import { discoverEngine } from '../src/local/engine/discovery';

export interface EngineUnderTest {
  /** `docker 20.10.24` */
  name: string;
  url: string;
}

const limitMs = 10_000;

/**
 * The engines that the contract suite runs against: `LANGSMITH_SANDBOXES_TEST_ENGINES` (addresses with spaces
 * between), or `LANGSMITH_SANDBOXES_TEST_ENGINE`, or the one that is found. Rejects when one of them doesn't answer.
 */
export async function enginesUnderTest(): Promise<EngineUnderTest[]> {
  const { LANGSMITH_SANDBOXES_TEST_ENGINES: several, LANGSMITH_SANDBOXES_TEST_ENGINE: one } = process.env;
  const urls = (several ?? one ?? '').split(/\s+/).filter((url) => url !== '');
  return Promise.all((urls.length > 0 ? urls : [await foundEngine()]).map(underTest));
}

async function underTest(url: string): Promise<EngineUnderTest> {
  const engine = await connectEngine(engineAddress(url), AbortSignal.timeout(limitMs));
  await engine.close();
  return { name: `${engine.info.product} ${engine.info.version}`, url };
}

async function foundEngine(): Promise<string> {
  const { engine, looks } = await discoverEngine({ signal: AbortSignal.timeout(limitMs * 3) });
  if (!engine) {
    const found = looks.map(({ source, url, finding }) => `  ${source} ${url}: ${finding}`).join('\n');
    throw new Error(`No container engine to test with:\n${found}`);
  }
  await engine.close();
  return engine.info.url;
}
