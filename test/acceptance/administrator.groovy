/*
 * What a fresh Jenkins runs at its first start (init.groovy.d): one administrator with the token of the environment, the URL, no
 * builds on the controller itself.
 */
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy
import hudson.security.HudsonPrivateSecurityRealm
import jenkins.model.Jenkins
import jenkins.model.JenkinsLocationConfiguration
import jenkins.security.ApiTokenProperty

def jenkins = Jenkins.get()
def realm = new HudsonPrivateSecurityRealm(false)
jenkins.securityRealm = realm
def strategy = new FullControlOnceLoggedInAuthorizationStrategy()
strategy.allowAnonymousRead = false
jenkins.authorizationStrategy = strategy
jenkins.numExecutors = 0
jenkins.save()

// Nobody signs in with the password.
def admin = realm.createAccount('admin', UUID.randomUUID().toString())
def tokens = admin.getProperty(ApiTokenProperty) ?: new ApiTokenProperty()
admin.addProperty(tokens)
// From Jenkins 2.555 the method takes a day on which the token ends as well: null is never.
def token = ['acceptance', System.getenv('JENKINS_TOKEN')]
def takesEnd = tokens.tokenStore.class.methods.any { it.name == 'addFixedNewToken' && it.parameterCount == 3 }
tokens.tokenStore.addFixedNewToken(*(takesEnd ? token + [null] : token))
admin.save()

def location = JenkinsLocationConfiguration.get()
location.url = System.getenv('JENKINS_URL')
location.save()
