import { Disposable, EventEmitter, workspace, type FileChangeEvent, type FileSystemProvider } from 'vscode';
import { fileScheme } from '../../contributions';
import type { Window } from '../../window';

/** What the window answers; it looks after changes by itself. */
export type SandboxFileSystem = Required<Omit<FileSystemProvider, 'watch'>>;

/**
 * Registered once and for good, so that the editor never sees its files without a provider: exchanging it would close
 * what is open. It passes all on to the window, which it opens.
 */
export function fileSystemStandIn(open: () => Promise<Window>): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  let listening: Disposable | undefined;
  const files = async (): Promise<SandboxFileSystem> => {
    const { files: opened } = await open();
    listening ??= opened.onDidChangeFile((events) => changed.fire(events));
    return opened;
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    // Asking for changes costs the sandbox its sleep, so that the window asks for what is in sight only.
    watch: () => new Disposable(() => undefined),
    stat: async (uri) => (await files()).stat(uri),
    readDirectory: async (uri) => (await files()).readDirectory(uri),
    createDirectory: async (uri) => (await files()).createDirectory(uri),
    readFile: async (uri) => (await files()).readFile(uri),
    writeFile: async (uri, content, options) => (await files()).writeFile(uri, content, options),
    delete: async (uri, options) => (await files()).delete(uri, options),
    rename: async (from, to, options) => (await files()).rename(from, to, options),
    copy: async (from, to, options) => (await files()).copy(from, to, options),
  };
  const options = { isCaseSensitive: true };
  return Disposable.from(
    workspace.registerFileSystemProvider(fileScheme, provider, options),
    changed,
    new Disposable(() => void listening?.dispose()),
  );
}
