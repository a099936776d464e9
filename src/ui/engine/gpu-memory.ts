import { forget, recall, remember } from '../core/web-storage.ts';

/** In sessionStorage. */
const KEY = 'findling-gpu-lost';

/** Whether WebGPU failed in this session of the tab: a reload does not try it again. */
export interface GpuMemory {
  lost(): boolean;
  remember(lost: boolean): void;
}

export const gpuMemory: GpuMemory = {
  lost: () => recall('session', KEY) !== null,
  remember(lost) {
    if (lost) remember('session', KEY, '1');
    else forget('session', KEY);
  },
};
