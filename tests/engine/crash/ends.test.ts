import { crashAtEveryStep, ENDS } from './every-step.ts';

crashAtEveryStep(ENDS);
