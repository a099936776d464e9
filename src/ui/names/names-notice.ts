import { signal } from '@preact/signals';
import type { Notice } from '../core/engine-types.ts';

/** What is said of notes that get the names of their files. */
export const namesNotice = signal<Notice | null>(null);
