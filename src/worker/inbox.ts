import type { Channel } from '../channel.ts';
import type { ChannelMessage } from '../protocol.ts';
import type { WorkerClock } from './clock.ts';
import type { EffortKeeper } from './lifecycle/effort.ts';
import type { Leader } from './lifecycle/leader.ts';
import type { LeaderSession } from './lifecycle/leader-session.ts';
import type { Watchdog } from './lifecycle/watchdog.ts';
import type { Intake } from './queue/intake.ts';
import type { IndexLoad } from './search/index-load.ts';
import type { Resident } from './search/resident.ts';
import type { Settings } from './settings.ts';

/** Changes are read in lots: a loop of saves must not become as many reads, ms. */
const CHANGES_EVERY_MS = 30;

export interface InboxDeps {
  clock: WorkerClock;
  channel: Channel;
  intake: Intake;
  resident: Resident;
  loading: IndexLoad;
  leader: Leader;
  leaderSession: LeaderSession;
  watchdog: Watchdog;
  effort: EffortKeeper;
  settings: Settings;
  /** Whether another worker is to take this one's place. */
  recycling: () => boolean;
}

/**
 * What a worker hears of others on the workspace's channel and from its own queue, and what
 * follows.
 */
export class Inbox {
  readonly #d: InboxDeps;
  readonly #changed = new Set<string>();
  #flushing = false;
  /** Number of the last commit that this worker made or heard of. */
  seenSeq = 0;

  constructor(deps: InboxDeps) {
    this.#d = deps;
  }

  /** Does what a message asks for; never throws. */
  heard(message: ChannelMessage): void {
    switch (message.t) {
      case 'notes':
        for (const id of message.ids) this.#changed.add(id);
        this.#d.watchdog.workCame(this.#d.clock.ticks());
        this.#flushChanges();
        break;
      case 'work':
        this.#d.leaderSession.wake();
        break;
      case 'commit':
        this.#followCommit(message);
        break;
      case 'lead':
        this.catchUp(message.seq);
        break;
      case 'settings':
        this.#d.settings.follow();
        break;
      case 'hello':
        if (this.#d.leader.leads && !this.#d.recycling()) this.#d.leaderSession.repeat();
        break;
      case 'presence':
        this.#d.effort.presence(this.#d.clock.ticks(), message.spare);
        break;
      case 'status':
        this.#hearLeader(message);
        break;
    }
  }

  #flushChanges(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#d.clock.after(CHANGES_EVERY_MS, () => {
      this.#flushing = false;
      const ids = [...this.#changed];
      this.#changed.clear();
      this.#d.loading.follow(this.#d.resident.notesChanged(ids));
      if (this.#d.leader.leads) void this.#d.leaderSession.recount();
      this.#d.leaderSession.wake();
    });
  }

  /** Another worker committed. A gap means that something was missed: read all again. */
  #followCommit({ seq, ids }: ChannelMessage & { t: 'commit' }): void {
    const next = seq === this.seenSeq + 1;
    this.seenSeq = seq;
    if (next) this.#d.loading.follow(this.#d.resident.committed(ids));
    else void this.#d.loading.run();
  }

  /** @param seq number of the last commit before the first load, while it is being read */
  async startAfter(seq: Promise<number | undefined>): Promise<void> {
    // Read first: a later commit may be heard of meanwhile.
    const stored = (await seq) ?? 0;
    this.seenSeq = Math.max(this.seenSeq, stored);
  }

  /** Another leads now, or this worker does. @param seq number of the last commit */
  catchUp(seq: number): void {
    if (seq !== this.seenSeq) void this.#d.loading.run();
    this.seenSeq = seq;
  }

  #hearLeader({ status, longestMs }: ChannelMessage & { t: 'status' }): void {
    const { state } = status;
    const kind = state === 'loading' || state === 'idle' ? state : 'busy';
    this.#d.watchdog.heard(this.#d.clock.ticks(), kind, longestMs);
  }

  /** The debounce ran out. A follower leaves the notes to the leader, who finds them pending. */
  due(): void {
    if (this.#d.leaderSession.indexing) {
      this.#d.leaderSession.wake();
    } else if (!this.#d.leader.leads) {
      this.#d.intake.take();
      this.#d.channel.post({ t: 'work' });
    }
  }
}
