import { crashAtEveryStep, FAILURES } from './every-step.ts';

crashAtEveryStep(FAILURES);
