import { type ChannelMessage, channelName, type Envelope, PROTOCOL_VERSION } from './protocol.ts';

/** A workspace's BroadcastChannel, for either realm: tags what it sends, drops what it does not know. */
export interface Channel {
  post(message: ChannelMessage): void;
  close(): void;
}

const KINDS: ReadonlySet<string> = new Set([
  'notes',
  'work',
  'commit',
  'lead',
  'status',
  'hello',
  'settings',
  'presence',
]);

/** Another build's messages, or a stranger's, are not ours to guess at. */
export function isOurs(data: unknown): data is Envelope {
  if (typeof data !== 'object' || data === null) return false;
  const { findling, message } = data as Partial<Envelope>;
  return (
    findling === PROTOCOL_VERSION &&
    typeof message === 'object' &&
    message !== null &&
    KINDS.has(message.t)
  );
}

export function openChannel(
  workspace: string,
  onMessage: (message: ChannelMessage) => void,
  onForeign: () => void = () => {},
): Channel {
  const channel = new BroadcastChannel(channelName(workspace));
  channel.onmessage = ({ data }) => {
    if (isOurs(data)) onMessage(data.message);
    else onForeign();
  };
  let open = true;
  return {
    post(message) {
      if (open) channel.postMessage({ findling: PROTOCOL_VERSION, message } satisfies Envelope);
    },
    close() {
      open = false;
      channel.close();
    },
  };
}
