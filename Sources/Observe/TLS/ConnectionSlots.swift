/// Who may connect next: a few at a time, fewer after a server has turned one away.
struct ConnectionSlots {
    /// How many connections the caller allows.
    private let most: Int
    /// How many may be busy at the moment.
    private(set) var limit: Int
    private var busy = 0
    /// Connections that said goodbye and wait for the server's.
    private var leaving = 0
    /// Whether somebody asked to be the only one and is.
    private var isAlone = false
    private var waiting: [(isAlone: Bool, continuation: CheckedContinuation<Void, Never>)] = []
    /// Answers since a server last turned a connection away.
    private var answersInPeace = 0

    init(most: Int) {
        self.most = max(1, most)
        limit = self.most
    }

    /// After trouble a connection counts until the server has closed it too.
    var isCareful: Bool { limit < most }

    mutating func wait(alone: Bool, _ continuation: CheckedContinuation<Void, Never>) {
        waiting.append((alone, continuation))
        admit()
    }

    /// The only connection is followed by another that is: nobody comes between.
    mutating func stayAlone() { busy += 1 }

    /// A connection has its answer.
    ///
    /// - Parameter staysAlone: Whether the only connection will be followed by another.
    mutating func answered(staysAlone: Bool = false) {
        busy -= 1
        leaving += 1
        if !staysAlone { isAlone = false }
        admit()
    }

    /// A connection is gone.
    mutating func left() {
        leaving -= 1
        admit()
    }

    /// The server turned a connection away: half as many from now on.
    mutating func lower() {
        limit = max(1, limit / 2)
        answersInPeace = 0
    }

    /// The server answered; after a while in peace there may be one connection more.
    mutating func raise() {
        answersInPeace += 1
        guard answersInPeace >= 16, limit < most else { return }
        limit += 1
        answersInPeace = 0
    }

    mutating func admitAll() {
        let all = waiting
        waiting = []
        busy += all.count
        for (_, continuation) in all { continuation.resume() }
    }

    private mutating func admit() {
        while let first = waiting.first, !isAlone {
            let counted = busy + (isCareful || first.isAlone ? leaving : max(0, leaving - Self.mostLeaving))
            guard counted < (first.isAlone ? 1 : limit) else { return }
            waiting.removeFirst()
            busy += 1
            isAlone = first.isAlone
            first.continuation.resume()
        }
    }

    /// A server that does not close its side must not collect our connections.
    private static let mostLeaving = 16
}
