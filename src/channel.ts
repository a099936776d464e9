import { isChannelMessage } from './messages.ts';
import { type ChannelMessage, channelName, type Envelope, PROTOCOL_VERSION } from './protocol.ts';
import type { Realm } from './realm.ts';

/** A workspace's BroadcastChannel, for either realm: tags what it sends, drops what it does not know. */
export interface Channel {
  post(message: ChannelMessage): void;
  close(): void;
}

/**
 * @param broadcast opens a BroadcastChannel
 * @param onForeign hears the protocol version of a tab that speaks another one
 */
export function openChannel(
  broadcast: Realm['broadcast'],
  workspace: string,
  onMessage: (message: ChannelMessage) => void,
  onForeign: (version: number) => void = () => {},
): Channel {
  const channel = broadcast(channelName(workspace));
  channel.onmessage = ({ data }: MessageEvent<Partial<Envelope> | null>) => {
    const version: unknown = data?.findling;
    // Another build's messages, or a stranger's, are not ours to guess at.
    if (version !== PROTOCOL_VERSION) {
      if (typeof version === 'number') onForeign(version);
    } else if (isChannelMessage(data?.message)) {
      onMessage(data.message);
    }
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
