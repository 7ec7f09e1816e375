/** How many rooms one account makes: a server holds so many of all, and nobody is to take every place. */
import { ConflictError } from '../errors.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import type { ApiDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import type { RoomView } from './ports.ts';

/** One for a server. */
export class OwnRooms {
  readonly #deps: Pick<ApiDeps, 'rooms' | 'accounts' | 'options'>;
  /** One after the other for each account, so that the limit holds. */
  readonly #queue = new KeyedQueue();

  constructor(deps: Pick<ApiDeps, 'rooms' | 'accounts' | 'options'>) {
    this.#deps = deps;
  }

  /**
   * The room that `make` makes, which is then that of who asked, if that is an account. Admins have as many as they like.
   * @throws ConflictError `too_many_own_rooms`, and whatever `make` throws
   */
  create(grant: Grant | undefined, make: () => Promise<RoomView>): Promise<RoomView> {
    const { user } = grant ?? {};
    if (!user) return make();
    return this.#queue.run(user.id, async () => {
      if (grant?.role !== 'admin') this.#requirePlace(user.id);
      const room = await make();
      try {
        await this.#deps.accounts.own(room.id, user.id);
      } catch (error) {
        // Nobody's, it would count for nobody: their account may have been removed meanwhile.
        await this.#deps.rooms.remove(room.id);
        throw error;
      }
      return room;
    });
  }

  #requirePlace(account: string): void {
    const { rooms, accounts, options } = this.#deps;
    const most = options.maxOwnRooms ?? Number.POSITIVE_INFINITY;
    if (rooms.list().filter(({ id }) => accounts.ownerOf(id) === account).length < most) return;
    throw new ConflictError(
      'too_many_own_rooms',
      `You have ${most} rooms, as many as one person may have on this server; delete one first.`,
    );
  }
}
