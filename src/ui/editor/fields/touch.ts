/** Whether a finger is what mostly points here: then a focus brings up the keyboard. */
export const byTouch = (): boolean => matchMedia('(pointer: coarse)').matches;
