/** How many layers an image may have. */
export interface DepthLimits {
  /** Beyond, it is flattened. */
  comfortable: number;
  /** Beyond, no engine takes a capture of it: Docker refuses an image of 127 layers, Podman of 130. */
  most: number;
}

/** Between both is room for captures whose flattening failed, each a layer deeper. */
export const usualDepthLimits: DepthLimits = { comfortable: 100, most: 124 };

export function depthOf(layers: number, limits: DepthLimits): 'shallow' | 'deep' | 'too-deep' {
  if (layers <= limits.comfortable) return 'shallow';
  return layers <= limits.most ? 'deep' : 'too-deep';
}
