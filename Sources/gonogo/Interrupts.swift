import Audit
import Dispatch
import Glibc

/// Ends a run cleanly when the process is asked to: the work is cancelled, files stay whole, the code says why.
enum Interrupts {
    /// Runs the work and exits with its status, with 130 after SIGINT and with 143 after SIGTERM.
    static func run(_ work: @escaping @Sendable () async -> ExitStatus) async -> Never {
        let task = Task { await work() }
        let sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)].map { number, status in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                task.cancel()
                // What does not notice its cancellation must not keep the process alive.
                DispatchQueue.global().asyncAfter(deadline: .now() + 2) { _exit(status.rawValue) }
                Task {
                    _ = await task.value
                    _exit(status.rawValue)
                }
            }
            source.activate()
            return source
        }
        let status = await task.value
        if task.isCancelled {
            // The handler above ends the process with the code of its signal.
            while true { try? await Task.sleep(for: .seconds(10)) }
        }
        withExtendedLifetime(sources) {}
        exit(status.rawValue)
    }
}
