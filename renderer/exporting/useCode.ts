/** The drawing as code, kept true while the panel is open. */
import { useEffect, useState } from 'react';
import { useStudio } from '../state/StudioContext';
import { followDrawing, type Followed, type Tools } from './followDrawing';
import { writtenCode } from './writtenCode';

/** About a frame. */
const moment = 16;

const tools: Tools = {
  write: writtenCode,
  hash: sha256,
  later: (work) => void setTimeout(work, moment),
};

/** Null until it was written for the first time. */
export function useCode(): Followed | null {
  const studio = useStudio();
  const [followed, setFollowed] = useState<Followed | null>(null);
  useEffect(() => followDrawing(studio, tools, setFollowed), [studio]);
  return followed;
}

/** In hexadecimal. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
