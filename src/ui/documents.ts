import type { TextDocumentContentProvider } from 'vscode';
import { schemes } from '../contributions';
import type { Subscription } from '../app/observable';
import { ActivityDocuments } from './activity/activity-documents';
import type { Desk } from './desk';
import { DetailsProvider } from './details/details-provider';

/** All of our read-only documents. */
export interface Documents extends Subscription {
  readonly textOf: TextDocumentContentProvider['provideTextDocumentContent'];
}

export function readOnlyDocuments({ connections, memory, redact, activities, originals }: Desk): Documents {
  const details = new DetailsProvider(connections, memory, redact);
  const activity = new ActivityDocuments(activities, memory);
  const providers = new Map<string, TextDocumentContentProvider>([
    [schemes.details, details],
    [schemes.activity, activity],
    [schemes.original, originals],
  ]);
  return {
    textOf: (uri, token) => providers.get(uri.scheme)?.provideTextDocumentContent(uri, token),
    dispose: () => {
      for (const documents of [details, activity, originals]) documents.dispose();
    },
  };
}
