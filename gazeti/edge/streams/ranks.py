"""Those who wait for the same event, kept together: what comes is made once for them, and they move on as one."""

from collections.abc import Iterator

from gazeti.edge.streams.client import Client


class Rank:
    """Clients that have seen everything up to a number."""

    __slots__ = ("clients", "number")

    def __init__(self, number: int) -> None:
        """Begin with nobody."""
        self.number = number
        self.clients: set[Client] = set()


class Ranks:
    """All clients of a channel that are not slow."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._by_number: dict[int, Rank] = {}
        self._moving: list[Rank] = []

    def __iter__(self) -> Iterator[Rank]:
        """Each that has clients, also one that is being moved."""
        return iter([rank for rank in (*self._by_number.values(), *self._moving) if rank.clients])

    def join(self, client: Client, number: int) -> None:
        """Put a client with those at a number."""
        rank = self._by_number.get(number)
        if rank is None:
            rank = self._by_number[number] = Rank(number)
        rank.clients.add(client)
        client.rank = rank

    def take(self, rank: Rank) -> None:
        """Let a rank be moved: who comes to its number meanwhile is another's."""
        if self._by_number.get(rank.number) is rank:
            del self._by_number[rank.number]
        self._moving.append(rank)

    def is_moving(self, rank: Rank) -> bool:
        """Whether it is being moved: some of its clients may have seen more than its number says."""
        return rank in self._moving

    def put(self, rank: Rank, number: int) -> None:
        """Put one that was taken at a number, together with those who are there already."""
        self._moving.remove(rank)
        there = self._by_number.get(number)
        if there is None:
            rank.number = number
            self._by_number[number] = rank
            return
        for client in rank.clients:
            client.rank = there
        there.clients |= rank.clients
        rank.clients = set()

    def tidy(self) -> None:
        """Forget ranks without clients."""
        self._by_number = {number: rank for number, rank in self._by_number.items() if rank.clients}
