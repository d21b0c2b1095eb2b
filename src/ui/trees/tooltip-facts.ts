import { l10n } from 'vscode';
import type { Box, Labels, Snapshot } from '../../api/types';
import type { FileAt } from '../../app/files/sandbox-files';
import { size } from '../words/size';
import { statusWord } from '../words/states';
import { span } from '../words/time';
import { resources } from './sandbox-row';

/** A line of a tooltip: what it is, and its value in the server's own words. Lines without a value are left out. */
export type Fact = readonly [label: string, value: string];

export function sandboxFacts(box: Box, snapshotName: string | null | undefined): Fact[] {
  return present([
    [l10n.t('Status'), withMessage(statusWord(box.status), box.status_message)],
    [l10n.t('Snapshot'), snapshotName ?? undefined],
    [l10n.t('Resources'), resources(box)],
    [l10n.t('Capacity'), box.fs_capacity_bytes ? size(box.fs_capacity_bytes) : undefined],
    [l10n.t('Stops when idle for'), duration(box.idle_ttl_seconds)],
    [l10n.t('Deleted after a stop of'), duration(box.delete_after_stop_seconds)],
    [l10n.t('Created'), time(box.created_at)],
    [l10n.t('Stopped'), time(box.stopped_at)],
    [l10n.t('Labels'), labelText(box.labels)],
    [l10n.t('ID'), box.id],
  ]);
}

export function snapshotFacts(snapshot: Snapshot, sourceName: string | undefined): Fact[] {
  return present([
    [l10n.t('Status'), withMessage(statusWord(snapshot.status), snapshot.status_message)],
    [l10n.t('Description'), snapshot.description],
    [l10n.t('Tags'), snapshot.tags?.join(', ')],
    [l10n.t('Image'), snapshot.docker_image],
    [l10n.t('Digest'), snapshot.image_digest],
    [l10n.t('Captured from'), sourceName ?? snapshot.source_sandbox_id],
    [l10n.t('Size'), snapshot.fs_used_bytes ? size(snapshot.fs_used_bytes) : undefined],
    [l10n.t('Capacity'), size(snapshot.fs_capacity_bytes)],
    [l10n.t('Created'), time(snapshot.created_at)],
    [l10n.t('Labels'), labelText(snapshot.labels)],
    [l10n.t('ID'), snapshot.id],
  ]);
}

export function fileFacts(file: FileAt | undefined): Fact[] {
  return file ? [[l10n.t('Path'), file.path]] : [];
}

function present(facts: readonly [string, string | null | undefined][]): Fact[] {
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

function withMessage(status: string, message: string | null | undefined): string {
  return message ? `${status}: ${message}` : status;
}

function duration(seconds: number | null | undefined): string | undefined {
  return seconds ? span(seconds * 1000) : undefined;
}

function time(timestamp: string | null | undefined): string | undefined {
  const date = new Date(timestamp ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date.toLocaleString();
}

function labelText(labels: Labels | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join(', ');
}
