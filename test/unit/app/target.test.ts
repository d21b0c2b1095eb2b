import { describe, expect, it } from 'vitest';
import {
  cloudEndpoint,
  freeProfileName,
  isSameTarget,
  longestProfileName,
  newNameProblem,
  profileCalled,
  profileNameProblem,
  targetName,
} from '../../../src/app/target';

const endpoint = 'https://langsmith.example.com:8443';
const known = [{ endpoint }, { endpoint, name: 'Team' }];

describe('a connection’s name', () => {
  it('is the user’s, else the product’s or the host', () => {
    expect(targetName({ kind: 'langsmith', endpoint, name: 'Team' })).toBe('Team');
    expect(targetName({ kind: 'langsmith', endpoint })).toBe('langsmith.example.com:8443');
    expect(targetName({ kind: 'langsmith', endpoint: cloudEndpoint })).toBe('LangSmith');
    expect(targetName({ kind: 'langsmith', endpoint: cloudEndpoint, source: 'environment' })).toBe(
      'LangSmith (env)',
    );
  });

  it('is proposed so that it is free', () => {
    expect(freeProfileName(cloudEndpoint, known)).toBe('LangSmith');
    expect(freeProfileName(endpoint, known)).toBe('langsmith.example.com:8443 2');
  });

  it('is refused where two could not be told apart', () => {
    expect(profileNameProblem('', { endpoint }, known)).toBe('empty');
    expect(profileNameProblem('Local', { endpoint }, known)).toBe('reserved');
    expect(profileNameProblem('LangSmith (env)', { endpoint }, known)).toBe('reserved');
    expect(profileNameProblem('Team', { endpoint: cloudEndpoint }, known)).toBe('taken');
    expect(profileNameProblem('x'.repeat(longestProfileName + 1), { endpoint }, known)).toBe('too-long');
    expect(profileNameProblem('Team', { endpoint, workspaceId: 'other' }, known)).toBe('taken');
    expect(profileNameProblem('Team', { endpoint }, known)).toBeUndefined();
  });

  it('is changed to what no other has', () => {
    const team = { endpoint, name: 'Team' };
    expect(newNameProblem('langsmith.example.com:8443', team, known)).toBe('taken');
    expect(newNameProblem('Local', team, known)).toBe('reserved');
    expect(newNameProblem('Team', team, known)).toBeUndefined();
    expect(newNameProblem('Ours', team, known)).toBeUndefined();
  });

  it('that another had once leads to a key of its own, and one that another has to that one’s', () => {
    const renamed = [{ endpoint, name: 'Team', title: 'Ours' }];
    expect(profileCalled('Ours', { endpoint }, renamed)).toMatchObject(renamed[0]!);
    expect(profileCalled('Team', { endpoint }, renamed)).toEqual({ endpoint, name: 'Team 2', title: 'Team' });
    expect(profileCalled('Other', { endpoint }, renamed)).toEqual({ endpoint, name: 'Other' });
  });
});

it('the same connection is the one of the same name, place, and workspace', () => {
  const team = { kind: 'langsmith', endpoint, name: 'Team' } as const;
  expect(isSameTarget(team, { ...team })).toBe(true);
  expect(isSameTarget({ kind: 'langsmith', endpoint }, { ...team, name: 'langsmith.example.com:8443' })).toBe(
    true,
  );
  expect(isSameTarget(team, { ...team, name: 'Other' })).toBe(false);
  expect(isSameTarget(team, { ...team, workspaceId: 'w' })).toBe(false);
  expect(isSameTarget(team, { kind: 'local' })).toBe(false);
});
