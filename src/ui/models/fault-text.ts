import { ModelFolderError } from '../../storage/models/description.ts';
import { P } from '../core/page-strings.ts';

/** Why a folder is no usable model, in words; undefined for any other error. */
export const faultText = (thrown: unknown): string | undefined =>
  thrown instanceof ModelFolderError ? P.modelFault[thrown.fault](thrown.detail) : undefined;
