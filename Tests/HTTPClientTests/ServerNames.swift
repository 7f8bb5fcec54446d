import HTTPServer

// Client and server use the same two names; in these tests the plain ones are the client's.
typealias ServerRequest = HTTPRequest
typealias ServerResponse = HTTPResponse
