/**
 * What may come from outside on the channels: any page of this origin can post there, and so can a
 * tab of another version. Whatever is not one of these is not heard.
 */
import {
  array,
  boolean,
  finite,
  type GenericSchema,
  integer,
  is,
  literal,
  minValue,
  nullable,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
  variant,
} from 'valibot';
import { errorCodes } from './errors.ts';
import type { ChannelMessage, Status, TabsMessage } from './protocol.ts';

const count = pipe(number(), integer(), minValue(0));
const real = pipe(number(), finite());

const status: GenericSchema<Status> = variant('state', [
  object({ state: literal('loading'), percent: real }),
  object({ state: literal('idle') }),
  object({
    state: literal('indexing'),
    completed: count,
    total: count,
    etaMs: nullable(real),
  }),
  object({
    state: literal('paused'),
    code: picklist(['user', 'storage', 'model', 'busy']),
    error: optional(picklist(errorCodes)),
  }),
]);

const channelMessage: GenericSchema<ChannelMessage> = variant('t', [
  object({ t: literal('notes'), ids: array(string()) }),
  object({ t: literal('work') }),
  object({ t: literal('commit'), epoch: count, seq: count, ids: array(string()) }),
  object({ t: literal('lead'), epoch: count, seq: count }),
  object({ t: literal('status'), epoch: count, status, longestMs: real }),
  object({ t: literal('hello') }),
  object({ t: literal('settings') }),
  object({ t: literal('presence'), spare: boolean() }),
]);

const tabsMessage: GenericSchema<TabsMessage> = variant('t', [
  object({ t: literal('workspaces') }),
  object({ t: literal('closing'), workspace: nullable(string()) }),
  object({ t: literal('closed'), workspace: nullable(string()) }),
]);

/** Whether data from a workspace's channel is a message of this version. */
export const isChannelMessage = (data: unknown): data is ChannelMessage => is(channelMessage, data);
/** The same of the channel on which pages of all workspaces talk. */
export const isTabsMessage = (data: unknown): data is TabsMessage => is(tabsMessage, data);
