import { ModelFolderError } from '../../storage/models/description.ts';
import { W } from './words.ts';

/** Why a folder is no usable model, in words; undefined for any other error. */
export const faultText = (thrown: unknown): string | undefined =>
  thrown instanceof ModelFolderError ? W.modelFault[thrown.fault](thrown.detail) : undefined;
