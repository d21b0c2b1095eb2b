/** What a person has done: one action on one thing, or the same on several. */
export type Verb =
  | 'connect'
  | 'build'
  | 'capture'
  | 'create'
  | 'start'
  | 'stop'
  | 'delete-sandbox'
  | 'delete-snapshot'
  | 'remove-registry'
  | 'upload'
  | 'download'
  | 'compare'
  | 'save'
  | SeveralVerb;

/** Of actions on several things at once; their name is a count such as `5 sandboxes`, or some names. */
export type SeveralVerb = 'start-several' | 'stop-several' | 'capture-several' | 'delete-several';
