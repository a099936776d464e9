import { ModelFolderError } from '../../storage/models/description.ts';
import { S } from '../strings.ts';

/** Why a folder is no usable model, in words; undefined for any other error. */
export const faultText = (thrown: unknown): string | undefined =>
  thrown instanceof ModelFolderError ? S.modelFault[thrown.fault](thrown.detail) : undefined;
