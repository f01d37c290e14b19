import UnitFiles

/// What the services behind channels do with pages, put together from the sections of all files.
struct RoutingRules {
    /// In the order of the files.
    let routes: [RouteDraft]
    let inhibitions: [InhibitionDraft]

    /// The rules of one channel; nil when the files say nothing about it.
    func routing(of channel: ChannelName) -> Routing? {
        let routes = routes.filter { $0.channel.text == channel.text }.map(\.route)
        let inhibitions = inhibitions.filter { $0.channel.text == channel.text }.map(\.inhibition)
        guard !routes.isEmpty || !inhibitions.isEmpty else { return nil }
        return Routing(routes: routes, inhibitions: inhibitions)
    }

    /// What is wrong with the rules of one channel.
    func problems(of channel: Channel) -> [Problem] {
        let routes = routes.filter { $0.channel.text == channel.name.text }
        let inhibitions = inhibitions.filter { $0.channel.text == channel.name.text }
        guard case .alertmanager = channel.service else {
            return routes.map { unfit(channel, "Route", $0.route.name, at: $0.channel) }
                + inhibitions.map { unfit(channel, "Inhibit", $0.inhibition.name, at: $0.channel) }
        }
        return catchAllProblems(routes, inhibitions, of: channel.name)
    }

    private func unfit(
        _ channel: Channel, _ kind: String, _ name: String, at word: Word
    ) -> Problem {
        word.problem(
            "channel '\(channel.name)' is of type \(channel.service.type.rawValue), which has no "
                + "routes and inhibitions",
            remedy: "remove [\(kind) \(name)] or name a channel of type alertmanager")
    }

    /// Exactly one route takes what no other does.
    private func catchAllProblems(
        _ routes: [RouteDraft], _ inhibitions: [InhibitionDraft], of channel: ChannelName
    ) -> [Problem] {
        let all = routes.filter(\.takesAll)
        guard let first = all.first else {
            guard let place = routes.first?.position ?? inhibitions.first?.position else {
                return []
            }
            return [
                Problem(
                    "no route of channel '\(channel)' takes every page, so that some go nowhere",
                    remedy: "add a [Route NAME] without Match=", at: place)
            ]
        }
        return all.dropFirst().map { route in
            Problem(
                "route '\(route.route.name)' gets nothing, as '\(first.route.name)' takes what no "
                    + "other route does",
                remedy: "add Match= to one of the two", at: route.position)
        }
    }
}

extension Channel {
    /// The same channel with what its service does.
    func with(_ routing: Routing?) -> Channel {
        Channel(
            name: name, service: service, timeout: timeout, pagesPerMinute: pagesPerMinute,
            attempts: attempts, routing: routing)
    }
}
