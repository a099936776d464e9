const KEY = 'findling-gpu-lost';

/** Whether WebGPU failed in this session of the tab: a reload does not try it again. */
export interface GpuMemory {
  lost(): boolean;
  remember(lost: boolean): void;
}

export const gpuMemory: GpuMemory = {
  lost() {
    try {
      return sessionStorage.getItem(KEY) !== null;
    } catch {
      return false;
    }
  },
  remember(lost) {
    try {
      if (lost) sessionStorage.setItem(KEY, '1');
      else sessionStorage.removeItem(KEY);
    } catch {
      // It is remembered until the next reload.
    }
  },
};
